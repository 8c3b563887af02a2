namespace BlueEdge.Grains.Storage;

/// <summary>
/// Gathers calls that come while one is under way into the next. A call that finds nothing under way goes out at once, so
/// gathering costs no time; the busier the other side, the larger the batches.
/// </summary>
public sealed class CallGatherer<TRequest, TAnswer>(Func<List<TRequest>, Task<IReadOnlyList<TAnswer>>> send)
{
    private const int LargestBatch = 256;

    private readonly Lock _lock = new();
    private readonly Queue<Call> _waiting = [];
    private bool _sending;

    /// <summary>Sends a request with the next batch, and gives its answer.</summary>
    public Task<TAnswer> CallAsync(TRequest request)
    {
        var call = new Call(request);
        lock (_lock)
        {
            _waiting.Enqueue(call);
            if (!_sending)
            {
                _sending = true;

                // The batches belong to no caller: they run on no grain's scheduler, and carry no caller's context.
                using (ExecutionContext.SuppressFlow())
                {
                    _ = Task.Run(SendAllAsync);
                }
            }
        }

        return call.Answer.Task;
    }

    private async Task SendAllAsync()
    {
        while (TakeBatch() is { Count: > 0 } batch)
        {
            try
            {
                var answers = await send(batch.ConvertAll(call => call.Request));
                for (var i = 0; i < batch.Count; i++)
                {
                    batch[i].Answer.SetResult(answers[i]);
                }
            }
            catch (Exception error)
            {
                batch.ForEach(call => call.Answer.TrySetException(error));
            }
        }
    }

    private List<Call> TakeBatch()
    {
        lock (_lock)
        {
            var batch = new List<Call>();
            while (batch.Count < LargestBatch && _waiting.TryDequeue(out var call))
            {
                batch.Add(call);
            }

            _sending = batch.Count > 0;
            return batch;
        }
    }

    private sealed record Call(TRequest Request)
    {
        public TaskCompletionSource<TAnswer> Answer { get; } = new(TaskCreationOptions.RunContinuationsAsynchronously);
    }
}
