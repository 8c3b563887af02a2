using System.Globalization;
using System.Text;

namespace BlueEdge.Load;

/// <summary>
/// A POST with a number of its own each time, and what its answer must contain. <c>{{n}}</c> in the body and in what is
/// expected stands for the number.
/// </summary>
internal sealed class RequestTemplate(Uri uri, string body, int status, IReadOnlyList<string> expected)
{
    private const string Place = "{{n}}";

    /// <summary>All numbers have as many digits, so that all requests are as long.</summary>
    private const int FirstNumber = 100_000_000;

    private static int _last = FirstNumber;

    public Uri Uri { get; } = uri;

    public static int NextNumber() => Interlocked.Increment(ref _last);

    /// <summary>The request in full.</summary>
    public byte[] Write(int number)
    {
        var content = Fill(body, number);
        return Encoding.UTF8.GetBytes(string.Create(
            CultureInfo.InvariantCulture,
            $"POST {Uri.PathAndQuery} HTTP/1.1\r\nHost: {Uri.Authority}\r\nContent-Type: application/json\r\nContent-Length: {Encoding.UTF8.GetByteCount(content)}\r\n\r\n{content}"));
    }

    /// <exception cref="LoadException">The answer is not the expected one.</exception>
    public void Check(int number, int answeredStatus, ReadOnlySpan<byte> answer)
    {
        if (answeredStatus != status)
        {
            throw new LoadException($"Expected {status}, was answered {answeredStatus}: {Encoding.UTF8.GetString(answer)}");
        }

        foreach (var each in expected)
        {
            if (answer.IndexOf(Encoding.UTF8.GetBytes(Fill(each, number))) < 0)
            {
                throw new LoadException($"Expected {Fill(each, number)} in the answer: {Encoding.UTF8.GetString(answer)}");
            }
        }
    }

    private static string Fill(string text, int number) => text.Replace(Place, number.ToString(CultureInfo.InvariantCulture), StringComparison.Ordinal);
}
