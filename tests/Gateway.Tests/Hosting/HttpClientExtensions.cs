using System.Net.Http.Headers;
using System.Text;

namespace BlueEdge.Gateway.Tests.Hosting;

internal static class HttpClientExtensions
{
    public static async Task<Answer> ReadAsync(this HttpClient http, string path) =>
        await Answer.OfAsync(await http.GetAsync(new Uri(path, UriKind.Relative), TestContext.Current.CancellationToken));

    public static Task<Answer> SubmitAsync(this HttpClient http, string path, string json, string? key = null) =>
        http.SubmitAsync(path, new StringContent(json, Encoding.UTF8, "application/json"), key);

    public static async Task<Answer> SubmitAsync(this HttpClient http, string path, HttpContent content, string? key = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, new Uri(path, UriKind.Relative)) { Content = content };
        if (key is not null)
        {
            request.Headers.TryAddWithoutValidation("Idempotency-Key", key);
        }

        return await Answer.OfAsync(await http.SendAsync(request, TestContext.Current.CancellationToken));
    }

    public static HttpContent Json(byte[] bytes) =>
        new ByteArrayContent(bytes) { Headers = { ContentType = new MediaTypeHeaderValue("application/json") } };
}
