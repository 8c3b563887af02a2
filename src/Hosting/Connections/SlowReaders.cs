using System.IO.Pipelines;
using Microsoft.AspNetCore.Connections;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.Hosting.Connections;

/// <summary>
/// Cuts off callers that do not take their answers: until they have, these are in memory, and of what all answers may have. The
/// server's own limit is one of the average: who takes some megabytes at once, as the buffers of the network do, may pause for
/// minutes after it.
/// </summary>
internal sealed partial class SlowReaders(IOptions<HttpServerOptions> options, TimeProvider clock, ILogger<SlowReaders> logger)
{
    private static readonly TimeSpan Quiet = TimeSpan.FromSeconds(10);
    private readonly Seldom _seldom = new(clock, Quiet);
    private int _cut;

    public async Task RunAsync(ConnectionContext connection, ConnectionDelegate next)
    {
        var inner = connection.Transport;
        connection.Transport = new Timed(inner, new(inner.Output, options.Value, clock, () => CutOff(connection)));
        try
        {
            await next(connection);
        }
        finally
        {
            connection.Transport = inner;
        }
    }

    private void CutOff(ConnectionContext connection)
    {
        Interlocked.Increment(ref _cut);
        if (_seldom.IsDue())
        {
            LogCut(Interlocked.Exchange(ref _cut, 0), options.Value.MinRate, options.Value.RateGrace);
        }

        connection.Abort(new("The caller took its answer too slowly."));
    }

    [LoggerMessage(LogLevel.Warning, "{Cut} callers were cut off that took less than {Rate} bytes a second of their answers (BlueEdge:Gateway:MinRate), for {Grace} (BlueEdge:Gateway:RateGrace)")]
    private partial void LogCut(int cut, int rate, TimeSpan grace);

    private sealed class Timed(IDuplexPipe inner, TimedOutput output) : IDuplexPipe
    {
        public PipeReader Input => inner.Input;

        public PipeWriter Output => output;
    }
}
