using BlueEdge.Grains.Webhooks;
using Orleans.Core;
using Orleans.Storage;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>A webhook's state as a grain is given it, in a storage that only this has.</summary>
internal sealed class StateInMemory : IStorage<WebhookState>
{
    /// <summary>What is stored, by whomever; <see langword="null"/> for nothing.</summary>
    public WebhookState? Stored { get; set; }

    public WebhookState State { get; set; } = new();

    public string? Etag { get; private set; }

    public bool RecordExists => Etag is not null;

    public int Reads { get; private set; }

    public int Writes { get; private set; }

    public Task ClearStateAsync() => throw new NotSupportedException();

    public Task ReadStateAsync()
    {
        Reads++;
        (State, Etag) = (Stored ?? new(), Stored is null ? null : "1");
        return Task.CompletedTask;
    }

    /// <summary>Who does not know that something is stored cannot write over it.</summary>
    public Task WriteStateAsync()
    {
        if (Stored is not null && Etag is null)
        {
            throw new InconsistentStateException("Somebody else has written.");
        }

        Writes++;
        (Stored, Etag) = (State, "1");
        return Task.CompletedTask;
    }
}
