namespace BlueEdge.StoreKills;

/// <summary>The state of a grain.</summary>
[GenerateSerializer, Immutable, Alias("BlueEdge.StoreKills.Note")]
internal sealed record Note
{
    [Id(0)]
    public string Text { get; init; } = "";
}
