using Microsoft.Extensions.Logging;

namespace Streaming.Kafka.Topics;

/// <summary>Keeps writers and readers off the topics until these are there.</summary>
internal sealed partial class TopicGate(KafkaStreamOptions options, TopicSetup setup, TimeProvider clock, ILogger<TopicGate> logger) : IDisposable
{
    private static readonly TimeSpan RetryDelay = TimeSpan.FromMilliseconds(250);
    private static readonly TimeSpan LongestAnswer = TimeSpan.FromSeconds(5);

    private readonly CancellationTokenSource _ended = new();
    private Task _opening = Task.CompletedTask;

    /// <summary>Waits for the topics, or goes on and has them waited for, as the options say.</summary>
    /// <exception cref="KafkaStreamException">They are waited for, and were not ready in time or do not fit.</exception>
    public async Task OpenAsync(CancellationToken cancellationToken)
    {
        if (!options.StartsWithoutBrokers)
        {
            await setup.EnsureAsync(cancellationToken).ConfigureAwait(false);
            return;
        }

        using (ExecutionContext.SuppressFlow())
        {
            _opening = TryUntilReadyAsync(_ended.Token);
        }
    }

    /// <summary>Whether the topics are ready; waits for them for so long.</summary>
    public async Task<bool> IsOpenAsync(TimeSpan atMost, CancellationToken cancellationToken)
    {
        if (!_opening.IsCompletedSuccessfully)
        {
            await Task.WhenAny(_opening, Task.Delay(atMost, clock, cancellationToken));
        }

        return _opening.IsCompletedSuccessfully;
    }

    /// <exception cref="KafkaStreamException">The topics are not ready, or do not fit.</exception>
    public void ThrowIfClosed()
    {
        if (!_opening.IsCompletedSuccessfully)
        {
            throw _opening.Exception?.InnerException as KafkaStreamException
                ?? new KafkaStreamException($"The topics at '{options.BootstrapServers}' are not ready yet. Look whether the brokers run, and write again.");
        }
    }

    public void Dispose()
    {
        _ended.Cancel();
        _ended.Dispose();
    }

    /// <summary>Ends with the fault where a topic does not fit: that stays so.</summary>
    private async Task TryUntilReadyAsync(CancellationToken ended)
    {
        try
        {
            for (string? told = null; await setup.TryEnsureAsync(LongestAnswer).ConfigureAwait(false) is { } fault; told = fault)
            {
                if (told is null)
                {
                    LogWaiting(options.Topic, options.BootstrapServers, fault);
                }

                await Task.Delay(RetryDelay, clock, ended).ConfigureAwait(false);
            }
        }
        catch (KafkaStreamException error)
        {
            LogMisfit(error, options.Topic);
            throw;
        }
    }

    [LoggerMessage(Level = LogLevel.Information, Message = "The topics of {Topic} at {BootstrapServers} are waited for: {Fault}")]
    private partial void LogWaiting(string topic, string bootstrapServers, string fault);

    [LoggerMessage(Level = LogLevel.Error, Message = "The topics of {Topic} do not fit: nothing is written to them or read.")]
    private partial void LogMisfit(Exception error, string topic);
}
