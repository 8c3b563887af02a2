namespace BlueEdge.Grains.Storage;

/// <summary>Knows the errors of one store's driver.</summary>
public interface IStoreErrors
{
    /// <summary>
    /// What the store is, and what is the matter with it, as a sentence, where the error means that it is away, slow or takes
    /// nothing now; <see langword="null"/> for any other error.
    /// </summary>
    string? Explain(Exception error);
}
