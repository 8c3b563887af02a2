using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using BlueEdge.Soak.History;

namespace BlueEdge.Soak.Load;

/// <summary>Speaks to one gateway, and takes down every call.</summary>
internal sealed class GatewayClient(string name, Uri address, Journal journal) : IDisposable
{
    private const int MostOfMessage = 400;
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly HttpClient _http = new(new SocketsHttpHandler { ConnectTimeout = TimeSpan.FromSeconds(5) }) { BaseAddress = address, Timeout = Timeout.InfiniteTimeSpan };

    public string Name => name;

    public void Dispose() => _http.Dispose();

    /// <summary>Sends a session.</summary>
    public async Task<(Submission Submission, SessionView? View)> SubmitAsync(PlannedSession session, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/{session.Route}") { Content = new StringContent(session.Body, Encoding.UTF8, new MediaTypeHeaderValue("application/json")) };
        if (session.Key is not null)
        {
            request.Headers.Add("Idempotency-Key", session.Key);
        }

        var began = journal.Now;
        var (code, answer) = await SendAsync(request, $"POST {session.Route}", session.Number, session.WaitSeconds, cancellationToken);
        var submission = new Submission(session.Number, name, began, journal.Now, code, AnswerReader.ReadId(answer));
        journal.Add(submission);
        var view = code is >= 200 and < 300 ? AnswerReader.ReadView(answer) : null;
        if (view is not null)
        {
            journal.Add(new Reading(session.Number, submission.SessionId!, name, began, submission.Ended, view)); // An accepted one has an id.
        }

        return (submission, view);
    }

    /// <summary>Looks at a session; <see langword="null"/> where nothing can be known now.</summary>
    public async Task<Reading?> ReadAsync(PlannedSession session, string id, int waitSeconds, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, string.Create(CultureInfo.InvariantCulture, $"api/v1/{session.Route}/{id}{(waitSeconds > 0 ? $"?waitTimeSecond={waitSeconds}" : "")}"));
        var began = journal.Now;
        var (code, answer) = await SendAsync(request, $"GET {session.Route}/{id}", session.Number, waitSeconds, cancellationToken);
        if (code is not (200 or 404))
        {
            return null;
        }

        var reading = new Reading(session.Number, id, name, began, journal.Now, code == 200 ? AnswerReader.ReadView(answer) : null);
        journal.Add(reading);
        return reading;
    }

    /// <summary>Asks for a stop; whether it was answered with success.</summary>
    public async Task<bool> StopAsync(PlannedSession session, string id, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, $"api/v1/{session.Route}/{id}/stop?waitTimeSecond=1");
        var (code, _) = await SendAsync(request, $"POST {session.Route}/{id}/stop", session.Number, 1, cancellationToken);
        return code == 200;
    }

    /// <summary>Reads something else; <see langword="null"/> where that fails.</summary>
    public async Task<JsonElement?> GetAsync(string path, CancellationToken cancellationToken)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, $"api/v1/{path}");
        var (code, answer) = await SendAsync(request, $"GET {path}", null, 0, cancellationToken);
        return code == 200 ? answer : null;
    }

    private async Task<(int Code, JsonElement? Answer)> SendAsync(HttpRequestMessage request, string what, int? session, int waitSeconds, CancellationToken cancellationToken)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellationToken);
        patience.CancelAfter(Patience + TimeSpan.FromSeconds(waitSeconds));
        var call = new Call { Name = what, Gateway = name, Session = session, Began = journal.Now, Ended = journal.Now };
        try
        {
            using var response = await _http.SendAsync(request, patience.Token);
            var text = await response.Content.ReadAsStringAsync(patience.Token);
            var code = (int)response.StatusCode;
            journal.Add(call with
            {
                Ended = journal.Now,
                Code = code,
                HasRetryAfter = response.Headers.RetryAfter is not null,
                Message = code < 400 ? null : text[..Math.Min(text.Length, MostOfMessage)],
            });
            return (code, AnswerReader.Parse(text));
        }
        catch (Exception error) when (error is HttpRequestException or IOException || (error is OperationCanceledException && !cancellationToken.IsCancellationRequested))
        {
            journal.Add(call with { Ended = journal.Now, Message = error is OperationCanceledException ? "It did not answer in time." : error.GetBaseException().Message });
            return (0, null);
        }
    }
}
