import Images
import ModelFiles
import Networks
import Tensors

extension ModelDescription {
    /// What is to be done to images for this network: what its file says that was done to those that it was trained on, and its own shape.
    /// Throws `RunError` where `asked` is another size or number of channels.
    public func preparation(_ asked: Preparation, _ stored: PreprocessRecord? = nil) throws -> Preparation {
        guard Preparation.channelCounts.contains(inputShape.channels) else {
            throw RunError.badData("\(architecture) takes images of \(inputShape), but those of data have 1 channel or 3")
        }
        let own = Preparation(inputShape).over(stored?.preparation ?? Preparation())
        if let size = asked.size, size != own.size { throw RunError.request("\(.size) is \(size), but \(architecture) takes images of \(inputShape)") }
        if let channels = asked.channels, channels != own.channels {
            throw RunError.request("\(.channels) is \(channels), but \(architecture) takes images of \(inputShape)")
        }
        return own
    }
}

extension Preparation {
    /// The shape that images are to have, where nothing is said that of `shape`.
    public func shape(over shape: ImageShape) -> ImageShape {
        ImageShape(channels: channels ?? shape.channels, height: size?.height ?? shape.height, width: size?.width ?? shape.width)
    }
}
