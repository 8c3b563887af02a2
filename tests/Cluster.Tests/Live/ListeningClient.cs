using System.Text.Json;
using BlueEdge.Cluster.Tests.Processes;

namespace BlueEdge.Cluster.Tests.Live;

/// <summary>A listener, from the first item to the session's end.</summary>
internal abstract class ListeningClient(Gateway[] gateways) : LiveClient(gateways)
{
    /// <summary>What it heard.</summary>
    public HeardItems Heard { get; } = new();

    /// <summary>It heard an item.</summary>
    protected void Hear(string cursor, JsonElement item)
    {
        Heard.Take(cursor, item);
        Progress();
    }
}
