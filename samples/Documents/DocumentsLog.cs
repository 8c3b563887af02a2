using Microsoft.Extensions.Logging;

namespace BlueEdge.Samples.Documents;

internal static partial class DocumentsLog
{
    [LoggerMessage(LogLevel.Information, "Session {SessionId}, node {Node}: {Message} The tool said: {Details}")]
    public static partial void ToolComplained(ILogger logger, string sessionId, string node, string message, string details);
}
