namespace BlueEdge.Silo.Hosting;

/// <summary>Where a silo finds its cluster, its storage and its reminders. All else is the same in every mode.</summary>
internal interface ISiloMode : IAsyncDisposable
{
    /// <summary>Has the silo use them; they need not answer yet.</summary>
    ISiloBuilder Configure(ISiloBuilder silo);

    /// <summary>Returns once they answer. The silo may start then.</summary>
    /// <exception cref="BlueEdgeException">They cannot be used; the message says what to do.</exception>
    Task ReadyAsync();
}
