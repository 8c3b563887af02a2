using System.Collections.Concurrent;
using BlueEdge.Callers;

namespace BlueEdge.Grains.Tests.Callers;

/// <summary>Notes which grains are called on behalf of a tenant.</summary>
internal sealed class TenantWatch : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<string, byte> _seen = new(StringComparer.Ordinal);

    /// <summary>The names of their interfaces.</summary>
    public ICollection<string> Seen => _seen.Keys;

    public Task Invoke(IIncomingGrainCallContext context)
    {
        if (Caller.Current != Caller.Default)
        {
            _seen.TryAdd(context.InterfaceName.Split('.')[^1], 0);
        }

        return context.Invoke();
    }
}
