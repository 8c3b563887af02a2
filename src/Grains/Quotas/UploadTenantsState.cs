using System.Collections.Immutable;

namespace BlueEdge.Grains.Quotas;

/// <summary>Which tenants have uploaded something, as it is stored.</summary>
[GenerateSerializer, Immutable, Alias("blueedge.upload-tenants-state")]
internal sealed record UploadTenantsState
{
    /// <summary>Their names.</summary>
    [Id(0)]
    public ImmutableArray<string> Tenants { get; init; } = [];

    /// <summary>With one more; the same where it is known.</summary>
    public UploadTenantsState Add(string tenant) =>
        Tenants.Contains(tenant, StringComparer.Ordinal) ? this : new() { Tenants = Tenants.Add(tenant) };
}
