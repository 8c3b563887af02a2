using System.Net;
using System.Net.Http.Headers;
using System.Text.Json;
using BlueEdge.Tool.CommandLine;

namespace BlueEdge.Tool.Api;

/// <summary>
/// Calls the server. Says 503 that it is to be asked again, it is, while there is time, and so it is where an answer breaks off:
/// every call may be made twice. What it refuses becomes a <see cref="ToolException"/>.
/// </summary>
/// <param name="server">Where it is.</param>
/// <param name="key">The API key, which is sent to it alone.</param>
/// <param name="timeout">How long what is unavailable is tried.</param>
/// <param name="time">The time.</param>
internal sealed class ApiConnection(Uri server, string? key, TimeSpan? timeout, TimeProvider time) : IDisposable
{
    /// <summary>How long what is unavailable is tried where nobody says.</summary>
    private static readonly TimeSpan DefaultPatience = TimeSpan.FromSeconds(30);

    private static readonly TimeSpan Pause = TimeSpan.FromSeconds(1);

    private readonly HttpClient _http = new() { BaseAddress = server, Timeout = System.Threading.Timeout.InfiniteTimeSpan };

    public Uri Server => server;

    /// <summary>Calls, and answers with <c>data</c>.</summary>
    /// <param name="make">Makes the request, once for each try.</param>
    /// <param name="mayBeAway">Whether a server that cannot be reached is tried again: it was there before.</param>
    /// <param name="cancellationToken">Stops it.</param>
    public async Task<JsonElement> CallAsync(Func<HttpRequestMessage> make, bool mayBeAway, CancellationToken cancellationToken)
    {
        using var response = await SendAsync(make, mayBeAway, cancellationToken);
        var envelope = await Answers.ReadAsync(response, server, cancellationToken);
        return response.IsSuccessStatusCode ? envelope.GetProperty("data") : throw Answers.Refusal(response, envelope);
    }

    /// <summary>Reads what is no JSON of ours.</summary>
    /// <exception cref="ToolException">The answer says no.</exception>
    public async Task<HttpResponseMessage> DownloadAsync(Uri address, CancellationToken cancellationToken)
    {
        var response = await SendAsync(() => new(HttpMethod.Get, address), mayBeAway: true, cancellationToken);
        if (response.IsSuccessStatusCode)
        {
            return response;
        }

        using (response)
        {
            throw Answers.Refusal(response, await Answers.ReadAsync(response, server, cancellationToken));
        }
    }

    /// <summary>Asks once, whatever is answered.</summary>
    /// <exception cref="HttpRequestException">Nothing is.</exception>
    public Task<HttpResponseMessage> ProbeAsync(string path, CancellationToken cancellationToken) =>
        _http.GetAsync(new Uri(path, UriKind.Relative), cancellationToken);

    public void Dispose() => _http.Dispose();

    /// <summary>Whether an address, which may come from an answer, is the server's.</summary>
    private bool IsOwn(Uri? address) => address is not { IsAbsoluteUri: true } || Uri.Compare(address, server, UriComponents.SchemeAndServer, UriFormat.UriEscaped, StringComparison.OrdinalIgnoreCase) == 0;

    private async Task<HttpResponseMessage> SendAsync(Func<HttpRequestMessage> make, bool mayBeAway, CancellationToken cancellationToken)
    {
        var patience = timeout ?? DefaultPatience;
        for (var began = time.GetTimestamp(); ;)
        {
            TimeSpan pause;
            try
            {
                using var request = make();
                request.Headers.UserAgent.Add(new ProductInfoHeaderValue("blueedge", ToolVersion.Short));
                if (key is not null && IsOwn(request.RequestUri))
                {
                    request.Headers.Authorization = new("Bearer", key);
                }

                var response = await _http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead, cancellationToken);
                pause = response.Headers.RetryAfter?.Delta ?? Pause;
                if (response.StatusCode is not HttpStatusCode.ServiceUnavailable || time.GetElapsedTime(began) + pause >= patience)
                {
                    return response;
                }

                response.Dispose();
            }
            catch (HttpRequestException exception) when (!cancellationToken.IsCancellationRequested)
            {
                pause = Pause;
                var isAnswering = exception.HttpRequestError is HttpRequestError.ResponseEnded or HttpRequestError.Unknown;
                if (!(mayBeAway || isAnswering) || time.GetElapsedTime(began) + pause >= patience)
                {
                    throw Answers.Unreachable(server, exception);
                }
            }

            await Task.Delay(pause, time, cancellationToken);
        }
    }
}
