from incidents.services.complaints import CUSTOMER, Told, receive_complaint
from incidents.services.replies import load_replies
from incidents.services.starter import load_categories

__all__ = ["CUSTOMER", "Told", "load_categories", "load_replies", "receive_complaint"]
