namespace BlueEdge.Store.Tests.GrainStates;

/// <summary>Stands for every grain with a state of its own.</summary>
[Alias("BlueEdge.GrainStates.INoteGrain")]
public interface INoteGrain : IGrainWithStringKey
{
    [Alias("ReadAsync")]
    Task<string> ReadAsync();

    [Alias("WriteAsync")]
    Task WriteAsync(string text);

    [Alias("ClearAsync")]
    Task ClearAsync();
}
