using System.ComponentModel.DataAnnotations;

namespace BlueEdge.Gateway;

/// <summary>How the gateway answers. Configured under <c>BlueEdge:Gateway</c>.</summary>
public sealed class GatewayOptions
{
    /// <summary>The section of the configuration.</summary>
    public const string Section = "BlueEdge:Gateway";

    /// <summary>How long a grain may take to answer before the caller is told 503; 4.5 seconds by default, so that the answer comes within 5.</summary>
    [Range(typeof(TimeSpan), "00:00:00.100", "00:05:00")]
    public TimeSpan CallTimeout { get; set; } = TimeSpan.FromSeconds(4.5);

    /// <summary>
    /// The longest that a call waits for a session's end, whatever it asks for, and that a stream of events lasts before its caller has to
    /// come back for the rest; 1 hour by default.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan LongestWait { get; set; } = TimeSpan.FromHours(1);

    /// <summary>How long a stop waits for the session's end where it does not say; 1 minute by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "1.00:00:00")]
    public TimeSpan StopWait { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>About how many bytes of results one answer holds before it is cut and the rest is paged; 16 MB by default.</summary>
    [Range(1_024, 1_000_000_000)]
    public int ResultBytes { get; set; } = 16 * 1024 * 1024;

    /// <summary>How many items of results one answer holds before it is cut and the rest is paged; 100,000 by default.</summary>
    [Range(1, 10_000_000)]
    public int ResultItems { get; set; } = 100_000;

    /// <summary>Up to how many bytes an item that is not JSON is put into the answer, else it is linked; 256 KB by default.</summary>
    [Range(0, 100_000_000)]
    public int InlineItemBytes { get; set; } = 256 * 1024;

    /// <summary>
    /// Bytes of all request bodies that are under way, from their first byte until what they say is stored; who comes beyond
    /// them is told 503. 128 MB by default, or a sixteenth of the memory where that is less.
    /// </summary>
    [Range(65_536, long.MaxValue)]
    public long? BodiesBytes { get; set; }

    /// <summary>
    /// How long a body may take to come that is held in memory, all but uploads, however steadily its bytes do; 5 minutes by default. Who takes longer is told 408. The server's own limit is the
    /// rate, by which a large body could be on its way for most of an hour.
    /// </summary>
    [Range(typeof(TimeSpan), "00:00:01", "1.00:00:00")]
    public TimeSpan BodyTimeout { get; set; } = TimeSpan.FromMinutes(5);

    /// <summary>
    /// Bytes of results in all answers that are under way; who comes beyond them waits. 128 MB by default, or a sixteenth of the
    /// memory where that is less.
    /// </summary>
    [Range(65_536, long.MaxValue)]
    public long? AnswersBytes { get; set; }

    /// <summary>How long an answer waits for others to be sent before the caller is told 503; 1 minute by default.</summary>
    [Range(typeof(TimeSpan), "00:00:00", "01:00:00")]
    public TimeSpan AnswerPatience { get; set; } = TimeSpan.FromMinutes(1);

    /// <summary>
    /// Callers that wait for a session's end at once, and never more than three quarters of the connections; who comes beyond
    /// them is answered at once with where the session stands. 5,000 by default.
    /// </summary>
    [Range(0, 1_000_000)]
    public int MaxWaits { get; set; } = 5_000;
}
