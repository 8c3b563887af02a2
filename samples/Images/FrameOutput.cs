using BlueEdge.Engines;

namespace BlueEdge.Samples.Images;

internal static class FrameOutput
{
    /// <summary>Writes a picture as JPEG, with what the item that it was made of says of itself; its key it has anyway.</summary>
    public static ValueTask WriteFrameAsync(this EngineOutput output, GreyPlane picture, EngineInput input, int quality, CancellationToken cancellationToken) =>
        output.IsLinked
            ? output.With(new() { Tags = input.Tags, Attributes = input.Attributes }).WriteAsync(picture.ToJpeg(quality), "image/jpeg", cancellationToken)
            : ValueTask.CompletedTask;
}
