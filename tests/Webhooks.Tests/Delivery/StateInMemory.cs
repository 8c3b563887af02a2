using BlueEdge.Grains.Webhooks;

namespace BlueEdge.Webhooks.Tests.Delivery;

/// <summary>A webhook's state as a grain is given it, in a storage that only this has.</summary>
internal sealed class StateInMemory : IPersistentState<WebhookState>
{
    public WebhookState State { get; set; } = new();

    public string? Etag => null;

    public bool RecordExists => Writes > 0;

    public int Writes { get; private set; }

    public Task ClearStateAsync() => throw new NotSupportedException();

    public Task ReadStateAsync() => Task.CompletedTask;

    public Task WriteStateAsync()
    {
        Writes++;
        return Task.CompletedTask;
    }
}
