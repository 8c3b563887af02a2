using System.Collections.Immutable;
using System.Text;
using BlueEdge.Channels;
using BlueEdge.Grains.Sessions;
using BlueEdge.Grains.Sessions.Listing;
using BlueEdge.Grains.Tests.Sessions;
using BlueEdge.Sessions;
using Orleans.Storage;

namespace BlueEdge.Store.Tests;

/// <summary>What holds of every form of the stores. Each test has sessions of its own.</summary>
public abstract class StoreFacts : IAsyncLifetime
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);
    private IStores? _stores;

    protected static CancellationToken Ct => TestContext.Current.CancellationToken;

    internal IStores Stores => _stores ?? throw new InvalidOperationException("The stores are not made.");

    internal DateTimeOffset Now => Stores.Clock.GetUtcNow();

    public ValueTask InitializeAsync()
    {
        _stores = Make();
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        await Stores.DisposeAsync();
        await CleanAsync();
    }

    internal abstract IStores Make();

    protected virtual ValueTask CleanAsync() => ValueTask.CompletedTask;

    internal static Payload Json(string text) => Payload.Json(Encoding.UTF8.GetBytes(text));

    internal static ImmutableArray<Payload> Items(int first, int count) => [.. Enumerable.Range(first, count).Select(i => Json($"{i}"))];

    internal SessionState State(SessionStatus status, int epoch = 1) => SessionState.None with
    {
        Status = status,
        Epoch = epoch,
        SubmittedAt = Now,
        EndedAt = status.IsTerminal() ? Now : null,
    };

    /// <summary>Writes a session with each of its states in turn.</summary>
    internal async Task<string> LiveAsync(SessionSpec spec, params SessionState[] states)
    {
        var sessionId = SessionIds.Create();
        await LiveAsync(sessionId, spec, states);
        return sessionId;
    }

    internal async Task LiveAsync(string sessionId, SessionSpec spec, params SessionState[] states)
    {
        for (var version = 0; version < states.Length; version++)
        {
            await Stores.Sessions.WriteAsync(sessionId, version, spec, version == 0 ? SessionState.None : states[version - 1], states[version]);
        }
    }

    internal Task ConflictsAsync(string sessionId, long version, SessionState before, SessionState after) =>
        Assert.ThrowsAsync<InconsistentStateException>(() => Stores.Sessions.WriteAsync(sessionId, version, Specs.Chain(1), before, after));

    /// <summary>What a store deletes by itself has no event to wait for.</summary>
    internal static async Task UntilAsync(Func<Task<bool>> holds, string otherwise)
    {
        using var patience = new CancellationTokenSource(Patience);
        while (!await holds())
        {
            Assert.False(patience.IsCancellationRequested, $"{otherwise} within {Patience.TotalSeconds} s.");
            await Task.Delay(TimeSpan.FromMilliseconds(20), TimeProvider.System, Ct);
        }
    }

    internal async Task<ImmutableArray<string>> ListedAsync(SessionGroup group, string engine) =>
        await Stores.Lists.ReadAsync(tenant: null, [group], engine, before: null, 100);
}
