import pytest
pytestmark = pytest.mark.django_db
import time
from bs4 import BeautifulSoup
from agreements.models import *
def test_x(shipped):
    t=time.time()
    for m in (Agreement, Official, Statement, Source, Country):
        n=0;s=0;big=0; tp=0
        t=time.time()
        for r in m.objects.all():
            if m is Country and not (r.as_sender.exists() or r.as_receiver.exists()): continue
            a=shipped.get(r.get_absolute_url()); assert a.status_code==200; n+=1; s+=len(a.content); big=max(big,len(a.content))
            t0=time.time(); BeautifulSoup(a.content,"html.parser"); tp+=time.time()-t0
        print(m.__name__, n, s//n, big, time.time()-t, tp)
