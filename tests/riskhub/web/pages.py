"""Pages that exist only in these tests: every part once, and the five patterns of htmx."""

from datetime import date
from types import SimpleNamespace

from django import forms
from django.contrib import messages
from django.core.exceptions import PermissionDenied
from django.http import Http404, HttpResponse, HttpResponseRedirect
from django.shortcuts import redirect
from django.urls import include, path
from django.utils.translation import gettext_lazy as _
from django.views.decorators.http import require_http_methods, require_POST

from riskhub.accounts.models import User
from riskhub.audit.versions import StaleVersion
from riskhub.urls import handler400, handler403, handler404, handler500
from riskhub.urls import urlpatterns as product
from riskhub.web.access import permitted, signed_in
from riskhub.web.conflicts import conflict_of, remember_opened
from riskhub.web.errors import conflict
from riskhub.web.filters import filter_chips
from riskhub.web.forms import DescribedLabel, RadioCards
from riskhub.web.pagination import Page, paginate
from riskhub.web.rendering import render_page
from riskhub.web.toasts import offer_undo

__all__ = ["handler400", "handler403", "handler404", "handler500", "urlpatterns"]


class PartForm(forms.Form):
    title = forms.CharField(label="标题", max_length=40, help_text="一句话，二十字以内。")
    text = forms.CharField(label="说明", widget=forms.Textarea(attrs={"rows": 3}), required=False)
    due_on = forms.DateField(label="截止日期", required=False)
    level = forms.ChoiceField(label="等级", choices=[("low", "低"), ("high", "高")], required=False)
    cards = forms.ChoiceField(
        label="发生概率",
        widget=RadioCards(columns=3),
        choices=[
            ("1", DescribedLabel("1 罕见", "五年以上才可能一次")),
            ("2", DescribedLabel("2 不太可能", "一至五年一次")),
            ("3", DescribedLabel("3 可能", "每年 1–5 次")),
        ],
    )
    kinds = forms.MultipleChoiceField(
        label="情况",
        widget=forms.CheckboxSelectMultiple,
        required=False,
        choices=[("hurt", "有人受伤"), ("angry", "客户生气")],
    )
    source = forms.ChoiceField(
        label="来源",
        widget=forms.RadioSelect,
        required=False,
        choices=[("a", "投诉"), ("b", "检查")],
    )
    is_public = forms.BooleanField(label="公开", required=False)
    photo = forms.FileField(label="照片", required=False)
    row_version = forms.IntegerField(widget=forms.HiddenInput, required=False)


class FilterForm(forms.Form):
    q = forms.CharField(required=False)
    level = forms.MultipleChoiceField(
        label="等级",
        required=False,
        widget=forms.CheckboxSelectMultiple,
        choices=[("low", "低"), ("high", "高")],
    )
    owner = forms.ChoiceField(
        label="责任人", required=False, choices=[("", "全部"), ("1", "林晓芳")]
    )


@signed_in
def parts(request):
    form = PartForm(request.POST or None) if request.method == "POST" else PartForm()
    filters = FilterForm(request.GET)
    context = {
        "form": form,
        "chips": filter_chips(filters, request),
        "page": Page([None] * 50, 3, 1234),
        "steps": [
            SimpleNamespace(name="已识别", fact="2025年3月", place="done"),
            SimpleNamespace(name="应对中", fact="第 3 版待批", place="now"),
            SimpleNamespace(name="监控中", fact="", place=""),
        ],
        "facts": [("责任部门", "照护服务部"), ("责任人", "林晓芳")],
        "work": [
            SimpleNamespace(
                icon="clock",
                url="#",
                name="R030 季度复核",
                meta=["客户服务部", "吴敏"],
                fact="逾期 6 天",
                is_late=True,
                action="催办",
                action_url="#",
            )
        ],
        "diff": [
            SimpleNamespace(name="责任人", before="林晓芳", after="周立"),
            SimpleNamespace(name="说明", before="", after="新增"),
        ],
        "tabs": [
            SimpleNamespace(name="概览", url="#", is_current=True, count=None),
            SimpleNamespace(name="评估", url="#", is_current=False, count=4),
        ],
        "timeline": [
            SimpleNamespace(words="待批", url="#", meta=["9月22日 10:14", "林晓芳"], is_now=True),
            SimpleNamespace(words="预警 IND-04 转红", url="", meta=["9月18日"], is_now=False),
        ],
        "day": date(2025, 9, 24),
        "levels": [
            ("low", "低", 2, 2),
            ("medium", "中", 3, 3),
            ("high", "高", 4, 3),
            ("critical", "严重", 4, 4),
            (None, "", None, None),
        ],
        "states": [
            ("draft", "草稿"),
            ("wait", "待批"),
            ("run", "执行中"),
            ("done", "已完成"),
            ("late", "逾期 2 天"),
            ("back", "退回修改"),
            ("stop", "否决"),
            ("none", "无方案"),
        ],
    }
    return render_page(request, "web_tests/parts.html", context)


@signed_in
def things(request):
    people = User.objects.order_by("username", "pk")
    if name := request.GET.get("q"):
        people = people.filter(display_name__contains=name)
    filters = FilterForm(request.GET)
    if filters.is_valid() and filters.cleaned_data["owner"]:
        people = people.filter(pk=request.user.pk)
    page = paginate(request, people, load=User.objects.select_related("department"), per_page=2)
    context = {"page": page, "chips": filter_chips(filters, request)}
    return render_page(request, "web_tests/things.html", context)


class NameForm(forms.ModelForm):
    row_version = forms.IntegerField(widget=forms.HiddenInput)

    class Meta:
        model = User
        fields = ("display_name", "phone", "department")

    def __init__(self, *args, **kwargs):
        super().__init__(*args, **kwargs)
        remember_opened(self)


@signed_in
def thing(request):
    """Its version is 2: a form that was opened at 1 is stale."""
    user = User.objects.get(pk=request.user.pk)
    form = NameForm(request.POST or None, instance=user, initial={"row_version": 2})
    conflict, status = None, None
    if form.is_bound and form.is_valid():
        if form.cleaned_data["row_version"] == 2:
            form.save()
            messages.success(request, _("Sending"))
            return redirect("web_tests:thing")
        stored = User.objects.get(pk=request.user.pk)
        stored.row_version = 2
        conflict, status = conflict_of(form, stored), 409
    context = {"form": form, "conflict": conflict, "saved": user.display_name}
    return render_page(request, "web_tests/thing.html", context, status=status)


@signed_in
def lazy(request):
    return render_page(request, "web_tests/lazy.html")


@require_POST
@signed_in
def press(request):
    messages.success(request, "已提交，马文斌 9月25日前决定。")
    return HttpResponseRedirect(request.POST.get("to") or "/web/thing/")


@require_POST
@signed_in
def do(request):
    """In a part where that is asked for, else by the way of a redirect."""
    offer_undo(request, f"R0{request.GET.get('n', 12)} 已关闭。", "/web/take-back/")
    return (
        HttpResponse("<tr><td>部分</td></tr>") if "part" in request.POST else redirect("/web/keys/")
    )


@require_POST
@signed_in
def take_back(request):
    if "refuse" in request.GET:
        return conflict(request, "来不及了。")
    messages.success(request, "已撤销。")
    return redirect("web_tests:keys")


@signed_in
def keys(request):
    context = {"shortcuts": [("j k", "上一条，下一条")], "rows": [1, 2, 3], "chosen": 2}
    return render_page(request, "web_tests/keys.html", context)


@require_http_methods(["GET", "POST"])
@signed_in
def warn(request):
    messages.error(request, "逾期 6 天")
    messages.info(request, "<b>知道</b>")
    return HttpResponse("<tr><td>部分</td></tr>")


def raising(error):
    def view(request):
        raise error

    return view


@permitted(lambda user: user.username == "manager")
def only_manager(request):
    return HttpResponse("ok")


pages = [
    path("parts/", parts, name="parts"),
    path("things/", things, name="thing_list"),
    path("thing/", thing, name="thing"),
    path("lazy/", lazy, name="lazy"),
    path("press/", press, name="press"),
    path("warn/", warn, name="warn"),
    path("do/", do, name="do"),
    path("take-back/", take_back, name="take_back"),
    path("keys/", keys, name="keys"),
    path("only-manager/", only_manager, name="only_manager"),
    path("missing/", raising(Http404("a secret name")), name="missing"),
    path("forbidden/", raising(PermissionDenied()), name="forbidden"),
    path("broken/", raising(RuntimeError("broken on purpose")), name="broken"),
    path("stale/", raising(StaleVersion(User(pk=1))), name="stale"),
]
urlpatterns = [
    path("web/", include((pages, "web_tests"))),
    *product,
]
