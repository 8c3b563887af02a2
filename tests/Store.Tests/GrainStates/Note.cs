namespace BlueEdge.Store.Tests.GrainStates;

[GenerateSerializer, Alias("BlueEdge.GrainStates.Note")]
public sealed class Note
{
    [Id(0)]
    public string Text { get; set; } = "";
}
