// Photos on a phone: made small before they are sent, gathered over several shots, shown and taken back.
// Without it the fields send what the camera made, and the server makes it small.
"use strict";
(() => {
  const gathered = new WeakMap(); // box -> the photos as they will be sent
  const working = new WeakMap(); // form -> how many are being made small
  let waiting = null;

  const boxOf = (field) => field.closest?.("[data-photos]");
  const fieldsOf = (box) => [...box.querySelectorAll("input[type=file]")];

  async function smaller(file, longest) {
    let picture;
    try {
      picture = await createImageBitmap(file, { imageOrientation: "from-image" });
    } catch {
      return file; // not for us to judge: the server says what is wrong with it
    }
    const scale = Math.min(1, longest / Math.max(picture.width, picture.height));
    const canvas = document.createElement("canvas");
    canvas.width = Math.max(1, Math.round(picture.width * scale));
    canvas.height = Math.max(1, Math.round(picture.height * scale));
    const pen = canvas.getContext("2d");
    pen.fillStyle = "#fff";
    pen.fillRect(0, 0, canvas.width, canvas.height);
    pen.drawImage(picture, 0, 0, canvas.width, canvas.height);
    picture.close();
    const blob = await new Promise((done) => canvas.toBlob(done, "image/jpeg", 0.82));
    if (!blob) return file;
    const made = new File([blob], "photo.jpg", { type: "image/jpeg", lastModified: 0 });
    made.small = tiny(canvas);
    return made;
  }

  function tiny(canvas) {
    const side = 144;
    const scale = Math.max(side / canvas.width, side / canvas.height);
    const small = document.createElement("canvas");
    small.width = small.height = side;
    const [wide, high] = [canvas.width * scale, canvas.height * scale];
    small.getContext("2d").drawImage(canvas, (side - wide) / 2, (side - high) / 2, wide, high);
    return small.toDataURL("image/jpeg", 0.7);
  }

  // All of them in the first field, so that a form without our help still sends each once.
  function hand(box, photos) {
    gathered.set(box, photos);
    const list = new DataTransfer();
    for (const photo of photos) list.items.add(photo);
    const [first, ...others] = fieldsOf(box);
    for (const field of others) field.value = "";
    first.files = list.files;
    show(box, photos);
  }

  function show(box, photos) {
    box.querySelector(".rh-thumbs-live")?.remove();
    if (!photos.length) return;
    const list = document.createElement("ul");
    list.className = "rh-thumbs rh-thumbs-live";
    photos.forEach((photo, at) => {
      const name = `${box.dataset.word} ${at + 1}`;
      const item = document.createElement("li");
      const frame = document.createElement("span");
      frame.className = "rh-thumb rh-thumb-live";
      if (photo.small) {
        const image = document.createElement("img");
        image.src = photo.small;
        image.alt = name;
        frame.append(image);
      } else {
        frame.textContent = photo.name.slice(-16);
      }
      const off = document.createElement("button");
      off.type = "button";
      off.className = "rh-thumb-off";
      off.dataset.photoOff = at;
      off.setAttribute("aria-label", `${box.dataset.remove}: ${name}`);
      off.append(Object.assign(document.createElement("span"), { textContent: "×" }));
      item.append(frame, off);
      list.append(item);
    });
    box.prepend(list);
  }

  // At the photos and to those who listen; the next choice takes the place of what was said.
  function say(box, text) {
    box.querySelector(":scope > .rh-error")?.remove();
    if (!text) return;
    box.append(Object.assign(document.createElement("p"), { className: "rh-error", textContent: text }));
    const live = document.getElementById("live");
    if (live) live.textContent = text;
  }

  async function gather(field) {
    const box = boxOf(field);
    const form = field.form;
    const fresh = [...field.files];
    const before = gathered.get(box) || [];
    const room = Number(box.dataset.most) - before.length - box.querySelectorAll("[type=checkbox]:checked").length;
    working.set(form, (working.get(form) || 0) + 1);
    box.setAttribute("aria-busy", "true");
    const made = [];
    for (const file of fresh.slice(0, Math.max(room, 0))) made.push(await smaller(file, Number(box.dataset.longest)));
    const unseen = made.filter((file) => !file.small).map((file) => box.dataset.unseen.replace("…", file.name.slice(-40)));
    say(box, [...(fresh.length > room ? [box.dataset.many] : []), ...unseen].join(" "));
    hand(box, [...(gathered.get(box) || []), ...made]);
    box.removeAttribute("aria-busy");
    working.set(form, working.get(form) - 1);
    if (waiting?.form === form && !working.get(form)) {
      const { submitter } = waiting;
      waiting = null;
      form.requestSubmit(submitter || undefined);
    }
  }

  document.addEventListener("change", (event) => {
    if (event.target.type === "file" && boxOf(event.target)) gather(event.target);
  });

  document.addEventListener("click", (event) => {
    const off = event.target.closest("[data-photo-off]");
    if (!off) return;
    const box = boxOf(off);
    const at = Number(off.dataset.photoOff);
    say(box, "");
    hand(box, (gathered.get(box) || []).filter((_photo, place) => place !== at));
    (box.querySelector(`[data-photo-off="${Math.max(at - 1, 0)}"]`) || fieldsOf(box)[0]).focus();
  });

  // Sent while a photo is still being made small: it goes as soon as that is done.
  addEventListener("submit", (event) => {
    if (!working.get(event.target)) return;
    event.preventDefault();
    event.stopImmediatePropagation();
    waiting = { form: event.target, submitter: event.submitter };
  }, true);

  // What a refused form gives back is on the server already: it is not sent a second time.
  document.addEventListener("htmx:beforeSwap", (event) => {
    if (event.detail.xhr.status !== 422) return;
    for (const box of event.detail.target.querySelectorAll("[data-photos]")) {
      for (const field of fieldsOf(box)) field.value = "";
    }
  }, true);

  function wake() {
    for (const box of document.querySelectorAll("[data-photos]:not([data-live])")) {
      box.dataset.live = "";
      const kept = fieldsOf(box).flatMap((field) => [...field.files]);
      if (kept.length) hand(box, kept);
    }
  }
  document.addEventListener("htmx:afterSettle", wake);
  wake();
})();
