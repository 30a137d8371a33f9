"""Problems and solutions as VROOM's JSON has them, with prizes, several places and must-visits."""
