using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlueEdge.EngineHost.Tests;

internal static class NoLogger
{
    public static ILogger<T> Of<T>() => NullLogger<T>.Instance;
}
