using System.Collections.Concurrent;
using System.Net;
using System.Net.Sockets;
using BlueEdge.Outbound.Http;

namespace BlueEdge.Webhooks.Tests.Outbound;

/// <summary>Hosts that only a test knows, each with the answers to come: the last one stays.</summary>
internal sealed class Names : INameResolver
{
    private readonly ConcurrentDictionary<string, ConcurrentQueue<IPAddress[]>> _answers = new(StringComparer.Ordinal);

    public int Lookups { get; private set; }

    /// <summary>Has every host be looked up for ever.</summary>
    public bool AreSilent { get; set; }

    public Names Add(string host, params string[] addresses)
    {
        _answers.GetOrAdd(host, _ => new()).Enqueue([.. addresses.Select(IPAddress.Parse)]);
        return this;
    }

    public async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellationToken)
    {
        Lookups++;
        if (AreSilent)
        {
            await Task.Delay(Timeout.Infinite, cancellationToken);
        }

        if (!_answers.TryGetValue(host, out var answers))
        {
            throw new SocketException((int)SocketError.HostNotFound);
        }

        return answers.Count > 1 && answers.TryDequeue(out var next) ? next : answers.First();
    }
}
