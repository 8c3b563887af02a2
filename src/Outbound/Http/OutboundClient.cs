using System.Net;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;

namespace BlueEdge.Outbound.Http;

/// <summary>
/// The one client for addresses that callers name: what <see cref="OutboundRules"/> refuse is not connected to, redirects are not
/// followed, and neither proxies nor cookies are used. Safe for concurrent use.
/// </summary>
public sealed partial class OutboundClient(
    SocketsHttpHandler handler,
    OutboundRules rules,
    IOptions<OutboundOptions> options,
    OutboundMetrics metrics,
    TimeProvider clock,
    ILogger<OutboundClient> logger) : IDisposable
{
    private const string UserAgent = "BlueEdge";

    private readonly HttpMessageInvoker _http = new(handler, disposeHandler: true);
    private readonly TimeSpan _timeout = options.Value.Timeout;

    /// <summary>Sends a request once. What can be expected of strangers is told, not thrown.</summary>
    /// <exception cref="OperationCanceledException">The caller's token says so.</exception>
    public async Task<OutboundResult> SendAsync(OutboundRequest request, CancellationToken cancellationToken)
    {
        if (RefusalOf(request) is { } refusal)
        {
            return Refuse(request, refusal, address: null);
        }

        using var patience = new CancellationTokenSource(_timeout, clock);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(patience.Token, cancellationToken);
        try
        {
            using var message = Write(request);
            using var response = await _http.SendAsync(message, either.Token);
            await using var content = await response.Content.ReadAsStreamAsync(either.Token);
            var (body, isCut) = await BoundedBody.ReadAsync(content, request.AnswerBytes, either.Token);
            return new OutboundAnswer { Status = response.StatusCode, RetryAfter = response.Headers.RetryAfter, Body = body, IsCut = isCut };
        }
        catch (HttpRequestException error) when (error.InnerException is RefusedAddressException refused)
        {
            return Refuse(request, refused.Refusal, refused.Address);
        }
        catch (Exception error) when (error is HttpRequestException or IOException or OperationCanceledException && !cancellationToken.IsCancellationRequested)
        {
            return error is OperationCanceledException || patience.IsCancellationRequested
                ? new OutboundFailure(OutboundFailureKind.Timeout, $"There was no whole answer within {_timeout.TotalSeconds:0.#} s.")
                : FailureOf(error);
        }
    }

    /// <inheritdoc/>
    public void Dispose() => _http.Dispose();

    private static HttpRequestMessage Write(OutboundRequest request)
    {
        var message = new HttpRequestMessage(request.Method, request.Url)
        {
            Version = HttpVersion.Version20,
            VersionPolicy = HttpVersionPolicy.RequestVersionOrLower,
            Content = request.Body is { } body ? new ReadOnlyMemoryContent(body) { Headers = { { "Content-Type", request.MediaType } } } : null,
        };
        message.Headers.TryAddWithoutValidation("User-Agent", UserAgent);
        foreach (var (name, value) in request.CallerHeaders.Concat(request.Headers))
        {
            Set(message, name, value);
        }

        return message;
    }

    private static void Set(HttpRequestMessage message, string name, string value)
    {
        // Those of the body, such as Content-Type, are no others' and say so.
        if (message.Headers.NonValidated.Contains(name))
        {
            message.Headers.Remove(name);
        }

        if (!message.Headers.TryAddWithoutValidation(name, value) && message.Content is { } content)
        {
            content.Headers.Remove(name);
            content.Headers.TryAddWithoutValidation(name, value);
        }
    }

    private static OutboundFailure FailureOf(Exception error) => (error as HttpRequestException)?.HttpRequestError switch
    {
        HttpRequestError.NameResolutionError => new(OutboundFailureKind.Name, "The host's name is not known, or cannot be looked up."),
        HttpRequestError.ConnectionError => new(OutboundFailureKind.Connection, "The host accepts no connection."),
        HttpRequestError.SecureConnectionError => new(OutboundFailureKind.Tls, "The host's certificate is not valid for it, or there is no common way to encrypt."),
        _ => new(OutboundFailureKind.Answer, "The answer ended in its middle, is too long in its headers, or is none of HTTP."),
    };

    private OutboundRefusal? RefusalOf(OutboundRequest request) =>
        rules.RefusalsOf(request.Url).FirstOrDefault()
        ?? (request.CallerHeaders.Count > HeaderRules.Most || request.CallerHeaders.Any(header => !HeaderRules.MaySend(header.Key, header.Value))
            ? new(OutboundReason.Header, "A header that was asked for may not be sent.")
            : null);

    private OutboundRefused Refuse(OutboundRequest request, OutboundRefusal refusal, IPAddress? address)
    {
        // Path and query may hold secrets.
        var server = request.Url.IsAbsoluteUri ? $"{request.Url.Scheme}://{UrlHost.Of(request.Url)}:{request.Url.Port}" : "an address that is not absolute";
        LogRefused(refusal.Reason, server, address?.ToString() ?? "not connected to", request.SessionId ?? "none");
        metrics.Refused(refusal.Reason);
        return new(refusal);
    }

    [LoggerMessage(
        Level = LogLevel.Warning,
        Message = "A call was refused, for its {Reason}: {Server} (address: {Address}), for session {SessionId}. Nothing was sent. BlueEdge:Outbound says what is allowed.")]
    private partial void LogRefused(OutboundReason reason, string server, string address, string sessionId);
}
