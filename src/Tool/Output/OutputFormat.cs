namespace BlueEdge.Tool.Output;

/// <summary>How data are written.</summary>
internal enum OutputFormat
{
    /// <summary>For people.</summary>
    Table,

    /// <summary>One JSON value, indented.</summary>
    Json,

    /// <summary>One JSON value a line.</summary>
    JsonLines,
}
