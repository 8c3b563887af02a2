using Orleans.Metadata;

namespace BlueEdge.Grains.Placement;

/// <summary>
/// Tells other silos names of grain classes that no move of their code changes. Orleans takes a class by another name for another
/// grain of the same interface, and cannot decide between the two: while a cluster is updated, no call would find either.
/// </summary>
internal sealed class LastingTypeNames : IGrainPropertiesProvider
{
    private const string Root = "BlueEdge.";

    /// <summary>Before namespaces had their project in them the classes' names had not either, and silos of that time are still told.</summary>
    private static readonly string[] Projects = ["Grains.", "EngineHost."];

    public void Populate(Type grainClass, GrainType grainType, Dictionary<string, string> properties)
    {
        if (Array.Find(Projects, project => grainClass.FullName!.StartsWith(Root + project, StringComparison.Ordinal)) is { } moved) // Grain classes have names.
        {
            properties[WellKnownGrainTypeProperties.FullTypeName] = Root + grainClass.FullName![(Root.Length + moved.Length)..];
        }
    }
}
