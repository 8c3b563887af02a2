using System.Collections.Immutable;
using System.Text.Json;
using BlueEdge.Auditing;
using BlueEdge.Gateway.Http;

namespace BlueEdge.Gateway.Auditing;

/// <summary>Takes who did what to the log and to the cluster, off the way of those who do it.</summary>
internal sealed partial class AuditTrail(AuditClient client, TimeProvider time, ILoggerFactory loggers) : IDisposable
{
    /// <summary>So many records wait for a cluster that is away; of more the oldest are in the log alone.</summary>
    public const int MostWaiting = 20_000;

    private const int Batch = 500;
    private const string Category = "BlueEdge.Audit";

    private readonly ILogger _log = loggers.CreateLogger(Category);
    private readonly AuditTally _tally = new(time);
    private readonly Queue<AuditRecord> _waiting = [];
    private readonly SemaphoreSlim _turn = new(1);
    private int _lost;

    /// <summary>Records a call. It costs what a look into a dictionary does.</summary>
    public void Add(AuditRecord record) => _tally.Add(record);

    /// <summary>Writes and stores what was recorded so far.</summary>
    /// <exception cref="UnavailableException">The cluster does not take it now: it is told the next time.</exception>
    public async Task FlushAsync(CancellationToken cancellationToken)
    {
        await _turn.WaitAsync(cancellationToken);
        try
        {
            foreach (var record in _tally.Take())
            {
                LogRecord(_log, record);
                Wait(record);
            }

            await SendAsync(cancellationToken);
        }
        finally
        {
            _turn.Release();
        }
    }

    public void Dispose() => _turn.Dispose();

    private async Task SendAsync(CancellationToken cancellationToken)
    {
        if (_lost > 0)
        {
            LogLost(_log, _lost);
            _waiting.Enqueue(AuditTally.DroppedOf(AuditKind.Change, time.GetUtcNow(), _lost));
            _lost = 0;
        }

        while (_waiting.Count > 0)
        {
            ImmutableArray<AuditRecord> batch = [.. _waiting.Take(Batch)];
            await client.AppendAsync(batch, cancellationToken);
            for (var sent = 0; sent < batch.Length; sent++)
            {
                _waiting.Dequeue();
            }
        }
    }

    private void Wait(AuditRecord record)
    {
        if (_waiting.Count >= MostWaiting)
        {
            _lost += _waiting.Dequeue().Count;
        }

        _waiting.Enqueue(record);
    }

    private static void LogRecord(ILogger log, AuditRecord record)
    {
        if (log.IsEnabled(LogLevel.Information))
        {
            LogRecord(log, JsonSerializer.Serialize(AuditItem.Of(record), AnswerJson.Context.AuditItem));
        }
    }

    [LoggerMessage(LogLevel.Information, "{Record}")]
    private static partial void LogRecord(ILogger log, string record);

    [LoggerMessage(LogLevel.Warning, "{Count} calls are in the log of the audit alone, for the cluster took none for long")]
    private static partial void LogLost(ILogger log, int count);
}
