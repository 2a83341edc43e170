"""CAP alerts a second by lxml and shapely on all cores: FOLDER POSITIONS SECONDS."""

import os
import sys
import time
from multiprocessing import Pool
from pathlib import Path

import numpy
import shapely
from lxml import etree

CAP = "{urn:oasis:names:tc:emergency:cap:1.2}"
KM_PER_DEGREE = 111.32
REQUIRED = ("identifier", "sender", "sent", "status", "msgType", "scope")


def positions(count):
    """The same positions as `muster_cap::sample::positions`."""
    n = numpy.arange(count)
    east = (n * 0.7548776662466927) % 1 * 10
    north = 42 + (n * 0.5698402909980532) % 1 * 10
    return shapely.points(east, north)


def corners(text):
    return [tuple(map(float, reversed(pair.split(",")))) for pair in text.split()]


def area(element):
    shapes = [shapely.Polygon(corners(p.text)) for p in element.iter(CAP + "polygon")]
    for circle in element.iter(CAP + "circle"):
        middle, radius = circle.text.split()
        lat, lon = map(float, middle.split(","))
        shapes.append(shapely.Point(lon, lat).buffer(float(radius) / KM_PER_DEGREE))
    return shapely.union_all(shapes) if len(shapes) != 1 else shapes[0]


def take(document, tree):
    """Parses, checks the required elements, and matches each area."""
    root = etree.fromstring(document)
    if any(root.find(CAP + name) is None for name in REQUIRED):
        raise ValueError("not CAP 1.2")
    return sum(len(tree.query(area(a), predicate="contains")) for a in root.iter(CAP + "area"))


def work(arguments):
    folder, count, seconds = arguments
    documents = [path.read_bytes() for path in Path(folder).glob("*.xml")]
    tree = shapely.STRtree(positions(count))
    done, start = 0, time.monotonic()
    while time.monotonic() - start < seconds:
        take(documents[done % len(documents)], tree)
        done += 1
    return done / (time.monotonic() - start)


if __name__ == "__main__":
    folder, count, seconds = sys.argv[1], int(sys.argv[2]), float(sys.argv[3])
    cores = os.cpu_count() or 1
    with Pool(cores) as pool:
        print(sum(pool.map(work, [(folder, count, seconds)] * cores)))
