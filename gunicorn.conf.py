"""gunicorn, as the demo and production run it: `gunicorn portal.wsgi`. Each value can be set from the environment."""

import gc
import os

bind = os.environ.get("BIND", f"127.0.0.1:{os.environ.get('PORT', '8000')}")
# Threads rather than more processes: pages wait for the database more than they compute.
workers = int(os.environ.get("WEB_CONCURRENCY", "2"))
threads = int(os.environ.get("WEB_THREADS", "4"))
worker_class = "gthread"
timeout = 60
graceful_timeout = 20
max_requests = 5000
max_requests_jitter = 500
# It would open a socket in the home directory, which a service account may not have.
control_socket_disable = True
# Our own log has a line for each error with its request id; access lines are the web server's business in front.
accesslog = os.environ.get("ACCESS_LOG") or None
# No address of a person, and nothing after the question mark: the desk looks for people by name.
access_log_format = '%(t)s "%(m)s %(U)s" %(s)s %(b)s %(L)ss %({x-request-id}o)s'
errorlog = "-"
loglevel = os.environ.get("GUNICORN_LOG_LEVEL", "warning")


def post_worker_init(worker) -> None:
    """What is loaded now stays: the garbage collector need not look at it again for every page.

    A page makes thousands of small objects that reference counting frees by itself; looking for cycles among them a
    hundred times less often costs some memory for a moment and saves a tenth of the time.
    """
    gc.collect()
    gc.freeze()
    gc.set_threshold(50_000, 20, 50)
