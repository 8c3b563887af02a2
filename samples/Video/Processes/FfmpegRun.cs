using BlueEdge.Samples.Video.Containers;

namespace BlueEdge.Samples.Video.Processes;

/// <summary>One film on its way through ffmpeg: it is fed by the engine, and read beside that from its begin on.</summary>
internal sealed class FfmpegRun
{
    private readonly FfmpegProcess _process;
    private readonly string _film;
    private readonly Task _reading;
    private volatile bool _isAllFed;

    private FfmpegRun(FfmpegProcess process, FfmpegOrder order, CancellationToken cancellationToken)
    {
        (_process, _film) = (process, order.Film);
        _reading = ReadAsync(order, cancellationToken);
    }

    public FfmpegWords Words => _process.Words;

    /// <param name="options">What ffmpeg may take.</param>
    /// <param name="order">What is to be done.</param>
    /// <param name="clock">The time.</param>
    /// <param name="cancellationToken">Ends the reading: the run has to be disposed of then.</param>
    public static async Task<FfmpegRun> StartAsync(VideoOptions options, FfmpegOrder order, TimeProvider clock, CancellationToken cancellationToken) =>
        new(await FfmpegProcess.StartAsync(options, order.Arguments, clock), order, cancellationToken);

    /// <summary>Gives it more of the film.</summary>
    /// <exception cref="BlueEdgeException">ffmpeg has ended; the message says why.</exception>
    public async ValueTask FeedAsync(ReadOnlyMemory<byte> bytes, CancellationToken cancellationToken)
    {
        if (!await _process.FeedAsync(bytes, cancellationToken))
        {
            await _reading;
        }
    }

    /// <summary>Returns when all that was made of the film is written.</summary>
    /// <exception cref="BlueEdgeException">ffmpeg did not do its work; the message says why.</exception>
    public async Task EndAsync()
    {
        _isAllFed = true;
        _process.EndInput();
        await _reading;
    }

    /// <summary>Returns when ffmpeg is gone, and nobody works for it any more.</summary>
    public async Task DisposeAsync()
    {
        _process.Kill();
        await _reading.ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        await _process.WaitAsync();
        _process.Dispose();
    }

    private async Task ReadAsync(FfmpegOrder order, CancellationToken cancellationToken)
    {
        try
        {
            await ReadToEndAsync(order, cancellationToken);
        }
        catch (Exception error) when (!cancellationToken.IsCancellationRequested)
        {
            // Whoever feeds it may have nothing to feed for long: the session has to hear of it now.
            _process.Kill();
            await TellAsync(order, error);
            throw;
        }
    }

    private static async Task TellAsync(FfmpegOrder order, Exception error)
    {
        try
        {
            await order.OnFailure(error.Message);
        }
        catch (Exception told) when (told is OperationCanceledException or BlueEdgeException)
        {
            // The session is over for another reason.
        }
    }

    private async Task ReadToEndAsync(FfmpegOrder order, CancellationToken cancellationToken)
    {
        EndOfStreamException? cut = null;
        try
        {
            await order.Read(new BoxReader(_process.ReadAsync), cancellationToken);
        }
        catch (EndOfStreamException error)
        {
            cut = error;
        }

        if (await _process.WaitAsync() is { } failure)
        {
            throw new BlueEdgeException($"{_film}: {failure}", cut ?? new EndOfStreamException());
        }

        if (cut is not null || !_isAllFed)
        {
            throw new BlueEdgeException($"{_film}: ffmpeg ended before the film did, without a reason. It said: {Words}", cut ?? new EndOfStreamException());
        }
    }
}
