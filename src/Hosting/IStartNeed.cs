namespace BlueEdge.Hosting;

/// <summary>Something outside the process without which it cannot start; see <see cref="WaitingRoom"/>.</summary>
public interface IStartNeed
{
    /// <summary>What it is called in answers of health.</summary>
    string Name { get; }

    /// <summary>What it lacks yet, as a sentence, or <see langword="null"/>. Called again and again until then.</summary>
    /// <exception cref="Exception">It will never do: the process ends with that.</exception>
    Task<string?> FindFaultAsync(CancellationToken cancellationToken);

    /// <summary>Whether a start that had found it there failed because it went again: then the process begins anew, and waits for it.</summary>
    bool WasMissed(Exception error);
}
