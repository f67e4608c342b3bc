"""Clients that change one row: `python -m bench.row_updates URL CLIENTS SECONDS` prints the changes a second.

The same limit as pgbench's, but by clients like those of the draws: threads of Python with the same driver.
"""

import sys
import threading
import time

import psycopg


def client(url: str, until: float, done: list[int]) -> None:
    count = 0
    with psycopg.connect(url, autocommit=True, prepare_threshold=1) as db:
        while time.perf_counter() < until:
            db.execute("update bench_row set value = value + 1 where id = 1")
            count += 1
    done.append(count)


def main() -> None:
    url, clients, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    began, done = time.perf_counter(), list[int]()
    threads = [threading.Thread(target=client, args=(url, began + seconds, done)) for _ in range(clients)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    print(sum(done) / (time.perf_counter() - began))


if __name__ == "__main__":
    main()
