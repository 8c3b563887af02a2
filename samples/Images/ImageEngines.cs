using BlueEdge.Settings;

namespace BlueEdge.Samples.Images;

/// <summary>Adds the image engines to a silo.</summary>
public static class ImageEngines
{
    /// <summary>Adds <c>image-grey</c> and <c>image-edges</c>, set by <c>BlueEdge:Images</c>.</summary>
    public static ISiloBuilder AddImageEngines(this ISiloBuilder silo)
    {
        silo.Services.AddSettings<ImagesOptions>("BlueEdge:Images");
        return silo
            .AddEngine<GreyEngine>()
            .AddEngine<EdgesEngine>();
    }
}
