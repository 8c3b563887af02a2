using BlueEdge.Engines;
using Microsoft.Extensions.Logging;

namespace BlueEdge.Samples.Documents;

/// <summary>Tells on Status how far an engine is and what went wrong, page by page, and knows whether anything went well.</summary>
internal sealed class PageReport(EngineSession session, EngineOutput status, ILogger logger)
{
    // Each of them held a slot for its whole time; whoever sends a thousand must not hold it for hours.
    private const int SlowPagesAtMost = 3;

    private DocumentException? _first;
    private int _done;
    private int _failed;
    private int _slow;

    public async ValueTask DoneAsync(PageNumber page, CancellationToken cancellationToken)
    {
        _done++;
        await status.WriteAsync(PageStatus.Of(session.Node, page), DocumentsJson.Default.PageStatus, cancellationToken);
    }

    public async ValueTask WarnAsync(string code, string message, int? page, string? details, CancellationToken cancellationToken)
    {
        Log(message, details);
        await status.WriteAsync(WarningStatus.Of(session.Node, code, message, page, details), DocumentsJson.Default.WarningStatus, cancellationToken);
    }

    /// <summary>A page that is left out; what is about more than a page is thrown on.</summary>
    public async ValueTask FailedAsync(DocumentException error, int page, bool skip, CancellationToken cancellationToken)
    {
        if (!skip || error.PageCode is not { } code)
        {
            throw Logged(error);
        }

        _failed++;
        _first ??= error;
        await WarnAsync(code, $"{error.Message} The page is left out.", page, error.Details, cancellationToken);
        if (string.Equals(code, PageCodes.TooSlow, StringComparison.Ordinal) && ++_slow >= SlowPagesAtMost)
        {
            throw new DocumentException($"{_slow} pages took too long, and the rest is not tried. The last: {error.Message}");
        }
    }

    /// <summary>Throws where there were pages and none went well, unless the engine is being stopped; then begins anew.</summary>
    public void ThrowIfNoneDone(CancellationToken cancellationToken)
    {
        if (cancellationToken.IsCancellationRequested)
        {
            return;
        }

        var (first, done, failed) = (_first, _done, _failed);
        (_first, _done, _failed) = (null, 0, 0);
        if (done == 0 && first is not null)
        {
            throw failed == 1 ? first : new DocumentException($"None of {failed} pages could be worked on. The first: {first.Message}", first);
        }
    }

    /// <summary>The same error, whose details are in the log now: what fails a session shows its message alone.</summary>
    public DocumentException Logged(DocumentException error)
    {
        Log(error.Message, error.Details);
        return error;
    }

    private void Log(string message, string? details)
    {
        if (!string.IsNullOrWhiteSpace(details))
        {
            DocumentsLog.ToolComplained(logger, session.SessionId, session.Node, message, details);
        }
    }
}
