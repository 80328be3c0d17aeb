"""Bad files whose HDF5 is right, but not what it says: seals, encodings, elements, numbers, layers, tensors."""
import numpy as np

import forge
from bad_ways import BIAS, add, attributes, changed, small, values
from forge import Dataset, Group, assemble, attribute_message, file, model, space_bytes, type_bytes

SCALAR = space_bytes(())


# Right checksums over wrong content: versions and seals.
add("wrong-seal", "seal", lambda: assemble(small(), right_seal=False))
add("version-2", "version", attributes("/", schema_version="2.0"))
add("version-none", "version", attributes("/", schema_version="one"))
add("version-negative", "version", attributes("/", schema_version="-1.0"))
add("feature", "version", attributes("/", required_features=["teleport"]))
add("other-format", "values", attributes("/", format="torch"))
add("other-kind", "values", attributes("/", kind="poem"), "/@kind")
add("no-creator", "attribute", attributes("/", creator=None), "/@creator")
add("creator-number", "attribute", attributes("/", creator=np.int64(1)), "/@creator")
add("no-version", "attribute", attributes("/", schema_version=None))
add("no-model", "missing", lambda: assemble(file("model", {})))
add("no-latents", "missing", lambda: assemble(file("latents", {})))
add("no-schema", "missing", changed("/", lambda root: root.members.pop("schema")))
add("schema-of-two", "shape", values("/schema", forge.text(["{}", "{}"])), "/schema")
add("seal-of-31", "seal", lambda: assemble(file_with_short_seal(), right_seal=False), also=[("/seal", "shape")])


def file_with_short_seal():
    root = model()
    root.members["seal"].values = np.zeros(31, np.uint8)
    return root


# Encodings, elements, types.
add("encoding-missing", "encoding", attributes("/model", encoding__type=None), "/model")
add("encoding-newer", "encoding", attributes("/model/layers", encoding__version="2.0"), "/model/layers")
add("encoding-other", "encoding", attributes("/training/history", encoding__type="poem"), "/training/history")
add("group-for-dataset", "element", changed("/", lambda root: root.members["training"].members["history"].members.update(epoch=Group("array"))), "/training/history/epoch")
add("dataset-for-group", "element", changed("/", lambda root: root.members.update(preprocess=Dataset(np.zeros(1), "preprocess", resize="", divide_by=np.float64(255)))), "/preprocess")
add("attribute-missing", "attribute", attributes("/training", seed=None), "/training@seed")
add("attribute-type", "attribute", attributes("/training", epochs=np.float64(3)), "/training@epochs")
add("attribute-shape", "attribute", attributes("/model", input_shape=np.array([1, 32], np.int64)), "/model@input_shape")
add("digest-missing", "attribute", attributes("/model/layers", sha256=None), "/model/layers@sha256")
add("digest-wrong", "digest", attributes(BIAS, sha256=np.zeros(32, np.uint8)), BIAS)
add("history-type", "type", values("/training/history/train_loss", lambda old: old.astype("<f4")), "/training/history/train_loss")
add("history-lengths", "shape", values("/training/history/train_loss", np.array([0.5])), "/training/history/train_loss")
add("latents-rank", "shape", values("/latents/test/z", np.zeros(3, "<f4")), "/latents/test/z")
add("images-rank", "shape", values("/reconstructions/test/images", np.zeros((3, 1024), "<f4")), "/reconstructions/test/images")
add("label-integers", "type", values("/latents/test/label", np.array([7, 2, 1], np.int64)), "/latents/test/label")

# Numbers and texts.
for name, number in [("nan", np.nan), ("infinite", np.inf)]:
    add(f"weight-{name}", "values", values(BIAS, lambda old, number=number: np.where(np.arange(1024) == 7, number, old).astype("<f4")), BIAS)
add("moment-negative", "values", values("/training/state/v/decoder.bias", lambda old: -old), "/training/state/v/decoder.bias")
add("image-not-a-number", "values", values("/reconstructions/test/images", lambda old: old * np.float32("nan")), "/reconstructions/test/images")
add("loss-nan", "values", values("/training/history/eval_loss", np.array([0.5, np.nan])), "/training/history/eval_loss")
add("rate-infinite", "values", attributes("/training", learning_rate=np.float64(np.inf)), "/training@learning_rate")
add("batch-0", "values", attributes("/training", batch_size=np.int64(0)), "/training@batch_size")
add("batch-greatest", "values", attributes("/training", batch_size=np.int64(2**63 - 1)), "/training@batch_size", [("/training/state", "epochs")])
add("shuffle-2", "values", attributes("/training", shuffle=np.int64(2)), "/training@shuffle")
add("noise-pink", "values", attributes("/training", noise="pink"), "/training@noise")
add("record-everything", "values", attributes("/training", record="everything"), "/training@record")
add("generator-other", "values", attributes("/training/state", generator="rand()"), "/training/state@generator")
add("side-0", "values", attributes("/model", input_shape=np.array([1, 0, 32], np.int64)), "/model@input_shape")
add("text-not-utf8", "values", attributes("/training", recipe=np.array(b"\xff\xfe", "S2")), "/training@recipe")
add("text-goes-on", "values", attributes("/training", recipe=attribute_message("recipe", type_bytes("S8"), SCALAR, b"rep\0rt\0!")), "/training@recipe")
add("layers-not-utf8", "values", values("/model/layers", lambda old: np.array([b"\xff\xfe"], "S2")), "/model/layers")
add("layers-of-2-mib", "values", values("/model/layers", lambda old: old.astype("S300000")), "/model/layers")

# Layers and tensors.


def layers(*lines):
    return values("/model/layers", forge.text(list(lines)))


for name, lines in [("none", ["nothing"]), ("unknown", ["x: Transformer(12)"]), ("unfit", ["x: Linear(7, 1)"]), ("endless", ["flatten: Flatten()", "x: Linear(1024, 1099511627776)"]),
                    ("huge", ["flatten: Flatten()", "x: Linear(1024, 1048576)"]), ("overflow", ["x: Conv2d(1, 9223372036854775807, kernel_size=3)"]),
                    ("negative", ["x: Conv2d(1, -8, kernel_size=3)"]), ("path", ["../../x: ReLU()"]), ("stride-0", ["x: Conv2d(1, 8, kernel_size=3, stride=0)"]),
                    ("thousands", ["flatten: Flatten()"] + ["relu: ReLU()"] * 5000), ("code", ["x: __import__('os').system('id')"])]:
    add(f"layers-{name}", "layers", layers(*lines), "/model/layers")
add("weight-missing", "tensors", changed("/model/weights", lambda node: node.members.pop("decoder.bias")), "/model/weights")
add("weight-unknown", "tensors", changed("/model/weights", lambda node: node.members.update(extra=Dataset(np.zeros(3, "<f4")))), "/model/weights/extra")
add("weight-shape", "tensors", values("/model/weights/decoder.weight", lambda old: old.T.copy()), "/model/weights/decoder.weight")
add("weight-double", "type", values(BIAS, lambda old: old.astype("<f8")), BIAS, [(BIAS, "tensors")])
add("weight-integer", "tensors", values(BIAS, lambda old: old.astype("<i8")), BIAS)
add("moment-missing", "tensors", changed("/training/state/m", lambda node: node.members.pop("decoder.bias")), "/training/state/m")
add("epoch-weight-shape", "tensors", values("/epochs/002/weights/decoder.bias", np.zeros(1023, "<f4")), "/epochs/002/weights/decoder.bias")

# What one part says against others.


def epoch_to_come(epochs):
    epochs.members["003"] = epochs.members.pop("002")
    epochs.members["003"].attributes["epoch"] = np.int64(3)


add("epochs-beyond", "epochs", attributes("/training", epochs=np.int64(1)), "/training")
add("epochs-done", "epochs", attributes("/training", epochs_done=np.int64(3)), "/training/history/epoch")
add("epochs-numbers", "epochs", values("/training/history/epoch", np.array([2, 1])), "/training/history/epoch")
add("steps", "epochs", attributes("/training/state", step=np.int64(7)), "/training/state")
add("step-in-epoch", "epochs", attributes("/training/state", step=np.int64(12), step_in_epoch=np.int64(4)), "/training/state")
add("epoch-name", "epochs", attributes("/epochs/002", epoch=np.int64(1)), "/epochs/002")
add("epoch-to-come", "epochs", changed("/epochs", epoch_to_come), "/epochs/003")
add("latents-size", "latents", changed("/", lambda root: [root.members["latents"].members["test"].members.update({name: Dataset(np.zeros((3, 2), "<f4"))}) for name in ["z", "mu", "logvar"]]), "/latents/test/z")
add("latents-mu-alone", "latents", changed("/latents/test", lambda node: node.members.pop("logvar")), "/latents/test")
add("latents-without-mu", "latents", changed("/latents/test", lambda node: [node.members.pop(name) for name in ["mu", "logvar"]]), "/latents/test")
add("label-too-large", "labels", values("/latents/test/label", np.array([1, 2, 10], np.uint8)), "/latents/test/label")


def with_images(root):
    """Images of another shape than the network's, as the file says."""
    root.attributes["required_features"] = forge.text(["images-1.1"])
    root.members["reconstructions"].members["test"].members["images"].values = np.zeros((3, 32, 32, 1), "<f4")


def names(array, ends=None, path="/latents/test", label=True):
    """Names of classes beside labels."""
    def change(node):
        node.members["class_names"] = Dataset(array, "names")
        if ends is not None:
            node.members["class_ends"] = Dataset(np.array(ends, np.int64))
        if not label:
            del node.members["label"]
    return changed(path, change)


LETTERS, ENDS, BYTES = list("abcdefghij"), list(range(1, 11)), np.frombuffer(b"abcdefghij", np.uint8)
PLACE = "/latents/test/class_"
add("images-shape", "images", changed("/", with_images), "/reconstructions/test/images")
add("features-unused", "features", attributes("/", required_features=["images-1.1"]), "/@required_features")
add("features-missing", "features", values("/latents/test/label", np.array([7, 2, 1], np.uint16)), "/@required_features")
add("features-missing-images", "features", changed("/reconstructions/test/images", lambda node: setattr(node, "values", np.zeros((3, 3, 32, 32), "<f4"))), "/@required_features",
    [("/reconstructions/test/images", "images")])
add("names-too-few", "labels", names(LETTERS[:7]), "/latents/test/label")
add("names-without-labels", "labels", names(LETTERS, label=False), PLACE + "names")
add("names-encoding", "encoding", changed("/latents/test", lambda node: node.members.update(class_names=Dataset(LETTERS, "text"))), PLACE + "names")
add("names-of-numbers", "type", names(np.arange(10.0)), PLACE + "names")
add("names-not-utf8", "values", names(np.array([b"\xff"] * 10, "S1")), PLACE + "names")
add("names-with-ends", "labels", names(LETTERS, ENDS), PLACE + "ends")
add("names-without-ends", "labels", names(BYTES), PLACE + "names")
add("names-ends-alone", "labels", changed("/latents/test", lambda node: node.members.update(class_ends=Dataset(np.array(ENDS)))), PLACE + "ends")
add("names-ends-beyond", "labels", names(BYTES, ENDS[:-1] + [11]), PLACE + "ends")
add("names-ends-before", "labels", names(BYTES, ENDS[:-1] + [9]), PLACE + "ends")
add("names-ends-fall", "labels", names(BYTES, [1, 2, 4, 3, *ENDS[4:]]), PLACE + "ends")
add("names-ends-negative", "values", names(BYTES, [-1, *ENDS[1:]]), PLACE + "ends", [(PLACE + "ends", "labels")])
add("names-ends-in-letters", "labels", names(np.frombuffer("äöüß".encode(), np.uint8), [1, 2, 3, 4, 5, 6, 7, 8]), PLACE + "ends")
add("score-accuracy", "scores", attributes("/scores/tiny", accuracy=np.float64(99)), "/scores/tiny@accuracy")
add("score-shape", "shape", values("/scores/tiny/confusion", np.zeros((10, 9), "<i8")), "/scores/tiny/confusion")
add("score-count", "scores", attributes("/scores/tiny", count=np.int64(90), accuracy=np.float64(50)), "/scores/tiny")


def components(**arrays):
    """Principal components beside the network, some of whose arrays are others."""
    def add_to(root):
        whole = {"mean": np.zeros(1024), "scale": np.ones(1024), "components": np.eye(1, 1024), "explained_variance": np.ones(1024), "explained_variance_ratio": np.full(1024, 2.0**-10)}
        root.members["components"] = Group("components", {name: Dataset(array) for name, array in {**whole, **arrays}.items()}, images=np.int64(256), standardize=np.int64(0),
                                                 data_sha256=np.arange(32, dtype=np.uint8))
    return changed("/", add_to)


add("components-nan", "values", components(mean=np.full(1024, np.nan)), "/components/mean")
add("components-rank", "shape", components(components=np.ones(1024)), "/components/components")
