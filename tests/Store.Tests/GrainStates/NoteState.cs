using System.Diagnostics.CodeAnalysis;

namespace BlueEdge.Store.Tests.GrainStates;

/// <summary>What an activation of the grain knows of its state.</summary>
internal sealed class NoteState(string text, string? etag = null) : IGrainState<Note>
{
    [AllowNull]
    public Note State { get; set => field = value ?? new(); } = new() { Text = text };

    public string? ETag { get; set; } = etag;

    public bool RecordExists { get; set; } = etag is not null;
}
