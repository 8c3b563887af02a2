namespace BlueEdge.Samples.Documents;

/// <summary>The codes of what the engines warn of.</summary>
internal static class PageCodes
{
    public const string NotDrawable = "page-not-drawable";
    public const string BadSize = "page-size";
    public const string TooSlow = "page-too-slow";
    public const string NotReadable = "picture-not-readable";
    public const string TooMany = "too-many-pages";
    public const string Damaged = "picture-damaged";
    public const string DocumentDamaged = "document-damaged";
    public const string UnknownMember = "control-member-unknown";
}
