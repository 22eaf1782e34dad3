from incidents.services.complaints import CUSTOMER, Told, receive_complaint
from incidents.services.starter import load_categories

__all__ = ["CUSTOMER", "Told", "load_categories", "receive_complaint"]
