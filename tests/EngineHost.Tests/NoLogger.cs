using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Logging.Abstractions;

namespace BlueEdge;

internal static class NoLogger
{
    public static ILogger<T> Of<T>() => NullLogger<T>.Instance;
}
