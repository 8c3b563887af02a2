using System.Collections.Concurrent;

namespace BlueEdge.Counting;

/// <summary>Counts calls of grains, by interface and method, where they arrive.</summary>
internal sealed class CallCounter(Counts counts) : IIncomingGrainCallFilter
{
    private readonly ConcurrentDictionary<(string Interface, string Method), string> _names = new();

    public Task Invoke(IIncomingGrainCallContext context)
    {
        counts.Add(_names.GetOrAdd((context.InterfaceName, context.MethodName), NameOf), 1);
        return context.Invoke();
    }

    private static string NameOf((string Interface, string Method) call) => $"call {call.Interface[(call.Interface.LastIndexOf('.') + 1)..]}.{call.Method}";
}
