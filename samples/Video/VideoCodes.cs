namespace BlueEdge.Samples.Video;

/// <summary>The codes of warnings.</summary>
internal static class VideoCodes
{
    public const string UnknownMember = "control-member-unknown";

    public const string ControlLate = "control-late";

    public const string FilmCut = "film-cut";

    public const string FilmDamaged = "film-damaged";
}
