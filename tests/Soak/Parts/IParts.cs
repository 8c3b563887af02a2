namespace BlueEdge.Soak.Parts;

/// <summary>What is tried: processes that can be killed, stopped, paused and started again.</summary>
internal interface IParts : IDisposable
{
    /// <summary>All parts, by name: a role, and a number where there may be several.</summary>
    IReadOnlyList<string> Names { get; }

    /// <summary>Who serves REST, by part.</summary>
    IReadOnlyDictionary<string, Uri> Gateways { get; }

    /// <summary>How many instances an engine has when all run.</summary>
    int Hosts { get; }

    /// <summary>How Redis is reached; <see langword="null"/> where there is none to look into.</summary>
    string? Redis { get; }

    /// <summary>Starts all; returns when sessions are taken.</summary>
    Task UpAsync();

    /// <summary>Ends all; the data and the logs stay.</summary>
    Task DownAsync();

    Task KillAsync(string part);

    /// <summary>SIGTERM; returns when it has ended.</summary>
    Task StopAsync(string part);

    /// <summary>Starts one that does not run; returns when it is ready.</summary>
    Task StartAsync(string part);

    /// <summary>From now on the part is started with this build, where the former one was started so far.</summary>
    void Update(string part);

    Task PauseAsync(string part);

    Task ResumeAsync(string part);

    bool Runs(string part);

    Task<bool> IsReadyAsync(string part);

    /// <summary>How much memory it has, in bytes; <see langword="null"/> where it is none of our processes, or does not run.</summary>
    long? ReadMemory(string part);

    string LogOf(string part);
}
