"""Writes with h5py a file of the few kinds of structures that aekit writes, and prints the version of the HDF5 library behind it.

    h5py_subset.py FILE [ELEMENTS]

The elements of /model/weight take room, but are not filled: the file is sparse."""
import sys

import h5py
import numpy
from h5py import h5a, h5d, h5f, h5g, h5p, h5s, h5t


def compact(properties):
    """No times, and attributes in the object's header for ever."""
    properties.set_attr_phase_change(65535, 0)
    properties.set_obj_track_times(False)
    return properties


def attribute(target, name, kind, value):
    space = h5s.create(h5s.SCALAR) if numpy.ndim(value) == 0 else h5s.create_simple(numpy.shape(value))
    h5a.create(target, name, kind, space).write(numpy.asarray(value), mtype=kind)


access = h5p.create(h5p.FILE_ACCESS)
access.set_libver_bounds(h5f.LIBVER_V18, h5f.LIBVER_V110)
access.set_fclose_degree(h5f.CLOSE_STRONG)
file = h5f.create(sys.argv[1].encode(), h5f.ACC_TRUNC, compact(h5p.create(h5p.FILE_CREATE)), access)

text = h5t.C_S1.copy()
text.set_size(9)
text.set_strpad(h5t.STR_NULLPAD)
text.set_cset(h5t.CSET_UTF8)
attribute(file, b"format", text, numpy.array(b"aekit", "S9"))

model = h5g.create(file, b"model", None, compact(h5p.create(h5p.GROUP_CREATE)))
for number in range(200):
    attribute(model, b"attribute %d" % number, h5t.STD_I64LE, numpy.int64(number))

creation = compact(h5p.create(h5p.DATASET_CREATE))
creation.set_layout(h5d.CONTIGUOUS)
creation.set_alloc_time(h5d.ALLOC_TIME_EARLY)
creation.set_fill_time(h5d.FILL_TIME_NEVER)
elements = int(sys.argv[2]) if len(sys.argv) > 2 else 5000
weight = h5d.create(model, b"weight", h5t.IEEE_F32LE, h5s.create_simple((elements,)), creation)
attribute(weight, b"sha256", h5t.STD_U8LE, numpy.arange(32, dtype="u1"))
h5d.create(model, b"scalar", h5t.STD_I64LE, h5s.create(h5s.SCALAR), creation)
file.close()
print(h5py.version.hdf5_version)
