namespace BlueEdge.Grains.Placement;

/// <summary>
/// Declares which silos of a cluster the grain classes of an assembly live in. Those of one that declares nothing live in any silo
/// that has their code, and engines in engine hosts, whatever they are in.
/// </summary>
[AttributeUsage(AttributeTargets.Assembly)]
public sealed class HostedByAttribute(SiloRole role) : Attribute
{
    /// <summary>The silos.</summary>
    public SiloRole Role { get; } = role;
}
