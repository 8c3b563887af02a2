using System.Text;

namespace BlueEdge.Gateway.Tests.Fuzzing;

/// <summary>A request that was made up.</summary>
/// <param name="Method">Its method.</param>
/// <param name="Address">Where it goes, as it is written into the request line.</param>
/// <param name="Headers">Its headers.</param>
/// <param name="Body">Its body, or none.</param>
/// <param name="IsChunked">Whether the body is sent without a length.</param>
internal sealed record FuzzRequest(string Method, string Address, IReadOnlyList<(string Name, string Value)> Headers, byte[]? Body, bool IsChunked)
{
    /// <summary>Whether its answer is in the envelope, unless it is a single item's bytes.</summary>
    public bool IsForItem => Address.Contains("/results/", StringComparison.OrdinalIgnoreCase);

    public HttpRequestMessage ToMessage(Uri server)
    {
        var address = new Uri($"{server.GetLeftPart(UriPartial.Authority)}{Address}", new UriCreationOptions { DangerousDisablePathAndQueryCanonicalization = true });
        var message = new HttpRequestMessage(new(Method), address);
        if (Body is not null)
        {
            message.Content = IsChunked ? new StreamContent(new MemoryStream(Body)) : new ByteArrayContent(Body);
            message.Headers.TransferEncodingChunked = IsChunked;
        }

        foreach (var (name, value) in Headers)
        {
            if (!message.Headers.TryAddWithoutValidation(name, value))
            {
                message.Content?.Headers.TryAddWithoutValidation(name, value);
            }
        }

        return message;
    }

    public override string ToString()
    {
        var headers = string.Join(", ", Headers.Select(header => $"{header.Name}: {header.Value}"));
        var body = Body is null ? "no body" : Encoding.UTF8.GetString(Body.AsSpan(0, Math.Min(Body.Length, 2_000)));
        return $"{Method} {Address} ({headers}) {body}";
    }
}
